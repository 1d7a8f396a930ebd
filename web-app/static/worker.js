// A second thread of the preview room, which groups tables. The page hands over its own program, so
// that nothing is downloaded again. The program puts its own handler in the place of this one.
let program;
const start = async ({ js, module }) => (await import(js)).default({ module_or_path: module });
const begin = async (event) => {
  // What comes while the program starts waits for it.
  program ??= start(event.data);
  await program;
  if (self.onmessage !== begin) self.onmessage(event);
};
self.onmessage = begin;
