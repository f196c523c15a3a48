"""The few pages of a team server that people open in a browser: links of mails, and a sign-in."""
