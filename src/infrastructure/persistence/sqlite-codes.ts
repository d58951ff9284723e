const SQLITE_BUSY = 5;
/** The rest of an error code says more precisely what kind of that error it is. */
const PRIMARY_CODE = 0xff;

/** The error of `node:sqlite` says that somebody else has the lock. */
export function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
  return (Number(error.errcode) & PRIMARY_CODE) === SQLITE_BUSY;
}
