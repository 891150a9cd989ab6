// The login token, kept for this browser tab: it survives a reload and ends with the tab.

const KEY = 'kurs.token';

export interface TokenStore {
  get(): string | null;
  set(token: string | null): void;
}

export const tabTokenStore: TokenStore = {
  get: () => sessionStorage.getItem(KEY),
  set: (token) => {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  },
};
