import process from 'node:process';

// Node 20 must be able to read this file: it says what is needed before anything newer is imported.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `Alertree needs Node 24.15 or newer, this is ${process.version}: start it with "npm start".\n`,
  );
  process.exitCode = 1;
} else {
  const { run } = await import('./run.js');
  await run(process.env);
}
