/** The store's clock: milliseconds since the epoch. It may step; nothing but due times depends on it. */
export interface Clock {
  now(): number;
}
