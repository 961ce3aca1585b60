"""What a run gives: bridges as rows and files, the lists they are made of, and the folder a run goes on from."""
