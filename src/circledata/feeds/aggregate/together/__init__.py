"""Checks many small packages in one session, with the findings of each exactly as `circledata.validate` counts them.

A package of a district has some 2,500 records; to check it takes 240 questions to the database, and nearly all of the
time goes into planning them. Here each question is asked once for fifty packages: rules over single rows need nothing
for that, a rule over several rows is asked "for each member" (a lateral join), where every table holds the rows of that
member alone. What does not fit in (workbooks, files with faults of structure, extensions) is left to `api.examine`.
"""
