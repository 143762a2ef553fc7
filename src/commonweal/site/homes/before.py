"""The questions that are before the table and what it decided lately, for every home."""

from commonweal.governance.web.on_home import before_the_table as before_the_table
from commonweal.governance.web.on_home import decided_lately as decided_lately
