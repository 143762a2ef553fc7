"""Referrals: one service is asked to help one person, and the loop is followed until the person closes it.

Owns: referrals, their sendings (tasks), what happened to each, outcomes, people's answers, gaps, burden.
Offers: facade (open_for, of_person, answers_waiting, answer_person, facts, needs_me_today, gaps_summary).
Leans on: screening (needs), people (consent, contact), directory (services, capacity), governance, partners.
Never: calls a loop closed because a service finished, or a need met before the person says so.
"""
