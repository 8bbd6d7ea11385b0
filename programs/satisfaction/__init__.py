"""SKM, Survei Kepuasan Masyarakat: how satisfied people are with a service (PermenPANRB 14/2017).

`formula` is the arithmetic, `survey` takes answers and publishes, `results` reads, `quick` asks the
reporter of an incident three questions by SMS. See PermenPANRB 14/2017 for the nine elements.
"""
