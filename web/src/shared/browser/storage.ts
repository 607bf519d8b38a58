/** The browser's storage, or one that lasts as long as the page where the browser refuses it (blocked cookies, private windows). */
export function storageOf(view: Pick<Window, 'localStorage'>): Storage {
  try {
    const { localStorage } = view;
    localStorage.getItem('');
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

/** Keys are own properties, as in browsers. */
export function memoryStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      Reflect.deleteProperty(this, key);
    },
  };
  return Object.create(methods) as Storage;
}
