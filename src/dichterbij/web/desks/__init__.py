"""Find your desk: a postcode or place, who you are and your topic lead to a desk with a name and a phone number."""
