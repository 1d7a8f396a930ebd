// A second thread of the preview room, which groups tables. The page hands over its own program, so
// that nothing is downloaded again. The program puts its own handler in the place of this one.
const begin = async (event) => {
  const program = await import(event.data.js);
  await program.default({ module_or_path: event.data.module });
  if (self.onmessage !== begin) self.onmessage(event);
};
self.onmessage = begin;
