"""The questions that are before the table, for every home."""

from commonweal.governance.web.on_home import before_the_table as before_the_table
