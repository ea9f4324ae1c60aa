"""What the press room serves besides its pages."""
