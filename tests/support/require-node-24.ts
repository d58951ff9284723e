/** Without the npm-installed Node the tests would silently run on the machine's own, which lacks node:sqlite. */
export default function requireNode24(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 24 || (major === 24 && minor < 15)) {
    throw new Error(`Node 24.15 or newer is needed, this is ${process.version}: run the tests through npm.`);
  }
}
