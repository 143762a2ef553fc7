"""What a person is asked, what the answers show, and what the person wants help with.

Owns: instruments, responses, answers, determinations, needs and their history.
Offers: ``facade`` (needs and screenings, in batches), ``shapes``, ``events``.
Leans on: people (by id), foundation (access, audit, bus, ui), the kernel.
Never: turns a risk into a need without the person's word, diagnoses, or ships licensed wording.
"""
