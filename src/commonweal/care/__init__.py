"""Care: who helps a person, who leads, and that those who help know of one another.

Owns: care teams, the person's choice of who leads, the days of hospital stays.
Offers: facade (team_of, leads_of, people_of, stays_of), panels on the person's pages.
Leans on: people (who the person is), referrals (nobody answers), accounts, partners.
Never: names a lead whom the person did not choose, or shows a team to whom the person did not allow.
"""
