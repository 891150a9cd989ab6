// The link to the server, for every component below the provider.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Link, LinkState } from '../rpc/link';

const LinkContext = createContext<Link | null>(null);

export function LinkProvider({ link, children }: { link: Link; children: ComponentChildren }) {
  return <LinkContext.Provider value={link}>{children}</LinkContext.Provider>;
}

export function useLink(): Link {
  const link = useContext(LinkContext);
  if (!link) throw new Error('useLink outside of LinkProvider');
  return link;
}

export function useLinkState(): LinkState {
  const link = useLink();
  const [state, setState] = useState(link.state);
  useEffect(() => {
    setState(link.state); // what changed between the first rendering and this effect
    return link.onState(() => setState(link.state));
  }, [link]);
  return state;
}

/** Differs for every logged-in connection; 0 while there is none. What is asked once per connection depends on it. */
export function useEpoch(): number {
  const state = useLinkState();
  return state.phase === 'live' ? state.epoch : 0;
}
