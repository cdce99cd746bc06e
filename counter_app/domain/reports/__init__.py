"""How the desk's figures are counted; fed with facts by desk and centre alike."""
