drop function guard.step_down(uuid);
drop policy stepping_down on care_careteammember;
drop policy stepping_down_write on care_careteammember;
