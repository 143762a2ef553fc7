"""How outsiders speak: HSDS today; FHIR, HL7 and bulk files as they come. Nothing inside depends on it.

Owns: readers and writers of outside formats. Offers: ``hsds.command``, ``hsds.export``.
Leans on: the facades of the contexts, foundation.intake.
Never: holds tables of its own, decides what a record means to a context, trusts a name from outside.
"""
