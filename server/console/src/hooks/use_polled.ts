// What the server does not announce by itself: asked at once on every connection, then again and again.
import { useEffect, useState } from 'preact/hooks';
import type { Link } from '../rpc/link';
import { useEpoch, useLink } from './link';

/** The last answer, kept while the connection is away; undefined before the first. `ask` is one of api/calls. */
export function usePolled<T>(ask: (link: Link) => Promise<T>, everyMs: (last: T | undefined) => number): T | undefined {
  const link = useLink();
  const epoch = useEpoch();
  const [answer, setAnswer] = useState<T>();
  const pause = everyMs(answer);

  useEffect(() => {
    if (epoch === 0) return undefined;
    let ended = false;
    const once = () => {
      ask(link).then(
        (value) => {
          if (!ended) setAnswer(value);
        },
        () => undefined, // the link judges its own failures; the next round asks again
      );
    };
    once();
    const timer = setInterval(once, pause);
    return () => {
      ended = true;
      clearInterval(timer);
    };
  }, [link, epoch, ask, pause]);
  return answer;
}
