"""The finishing touches of each kind of row: what no column alone can tell.

Each function gets the row as read so far, may add faults to it, and returns the records that follow
from it: languages listed in a service's cell, a postal place for an organization's address. ``smooth`` has
the same for many plain rows at once.
"""

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds.finishing import offers, reach, smooth, terms
from commonweal.exchange.hsds.plans import FINISHERS, SMOOTHERS

FINISHERS.update(
    {
        T.ORGANIZATION: offers.organization,
        T.PROGRAM: offers.program,
        T.LOCATION: offers.location,
        T.SERVICE: offers.service,
        T.ADDRESS: offers.address,
        T.CONTACT: reach.contact,
        T.PHONE: reach.phone,
        T.SCHEDULE: reach.schedule,
        T.LANGUAGE: terms.languages,
        T.TAXONOMY: terms.taxonomy,
        T.TAXONOMY_TERM: terms.term,
        T.UNIT: terms.unit,
        T.ATTRIBUTE: terms.attribute,
        T.METADATA: terms.metadata,
        T.ORGANIZATION_IDENTIFIER: terms.Needs("identifier"),
        T.SERVICE_AREA: terms.Needs("name", "description", "extent", "uri"),
        T.COST_OPTION: terms.Needs("option", "amount", "amount_description"),
        T.REQUIRED_DOCUMENT: terms.Needs("document"),
        T.FUNDING: terms.Needs("source_of_funds"),
        T.URL: terms.Needs("url"),
        T.ACCESSIBILITY: terms.Needs("description", "details", "url"),
        T.SERVICE_CAPACITY: terms.Needs("available", "maximum", "description"),
    }
)

SMOOTHERS.update(
    {
        T.ORGANIZATION: smooth.organizations,
        T.LOCATION: smooth.locations,
        T.SERVICE: smooth.services,
        T.ADDRESS: smooth.addresses,
        T.PHONE: smooth.telephones,
    }
)
