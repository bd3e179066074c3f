"""The helpdesk's pages: server-rendered, live by server-sent events, nothing inline, nothing from elsewhere."""
