// A second thread of the preview room, which groups tables. The page hands over its own program, so
// that nothing is downloaded again.
self.onmessage = async ({ data }) => {
  self.onmessage = null;
  const program = await import(data.js);
  await program.default({ module_or_path: data.module });
  await program.group_table(data.file, data.task);
};
