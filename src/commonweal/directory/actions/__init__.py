"""Acts of the directory: one public function for each thing that happens."""
