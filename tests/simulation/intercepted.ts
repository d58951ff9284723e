type Around = (method: string, args: readonly unknown[], call: () => Promise<unknown>) => Promise<unknown>;

/** The same object, with something around each call of a method that answers later. */
export function intercepted<T extends object>(target: T, around: Around): T {
  return new Proxy(target, {
    get: (_, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || name === 'urlOf' || typeof name !== 'string') return member;
      return (...args: unknown[]) =>
        around(name, args, () => Reflect.apply(member, target, args) as Promise<unknown>);
    },
  });
}
