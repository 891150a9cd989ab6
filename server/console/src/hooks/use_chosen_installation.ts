// Which installation is shown: part of the address, so that it can be kept as a bookmark.
import { useEffect, useState } from 'preact/hooks';
import type { Installation } from '../api/types';

const FRAGMENT = /^#installation=(\d+)$/;

function fromAddress(): number | undefined {
  const digits = FRAGMENT.exec(location.hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The one in the address, else the first; undefined when there is none. */
export function useChosenInstallation(installations: readonly Installation[]) {
  const [wanted, setWanted] = useState(fromAddress);
  useEffect(() => {
    const follow = () => setWanted(fromAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const choose = (id: number) => {
    location.hash = `installation=${id}`;
  };
  const chosen = installations.find(({ id }) => id === wanted) ?? installations[0];
  return { chosen, choose };
}
