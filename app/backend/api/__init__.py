"""What wizards (and whoever checks a certificate) ask over HTTP. One module a resource."""
