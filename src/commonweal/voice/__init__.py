"""What residents and members say, kept whole, and told back.

For: letting anybody say something, and letting them learn at any time what became of it.
Owns: inputs with their words, how they are grouped, split, merged and linked, their answers, their codes.
Offers: ``facade`` (link an input to what answers it; how a link is told; who waits for a first answer).
Leans on: partners (bodies, seats, action items), foundation.  Never: edits what was said, or knows a
question.
"""
