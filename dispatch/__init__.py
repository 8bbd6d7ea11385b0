"""Who goes? Contacts become reports, reports incidents, incidents assignments of units."""
