"""The map as a live document that several people change at once (Yjs), and the room where they meet."""
