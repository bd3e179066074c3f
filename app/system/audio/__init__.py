"""Sound devices. The one room below the pages that knows Qt: QtMultimedia lists, plays and records everywhere alike."""
