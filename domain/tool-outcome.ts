/** What the model and the page read when a tool was started, its process was lost, and it may not be started twice. */
export const unknownToolOutcome =
  'Outcome unknown after a restart: this tool may or may not have done its work, and it was not started again.';
