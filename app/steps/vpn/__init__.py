"""The tunnel to the company, proved hop by hop."""
