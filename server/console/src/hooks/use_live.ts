// The live view of one installation, kept up to date.
import { useEffect, useState } from 'preact/hooks';
import { getLive, onLive, subscribeLive, unsubscribeLive } from '../api/calls';
import type { LiveView } from '../api/types';
import { errorCode, hasCode, RpcError } from '../rpc/errors';
import { useEpoch, useLink } from './link';

/** Asked for besides the notifications: it moves the clocks of quiet sessions and finds a dead connection. */
const REFRESH_MS = 15_000;

export type Live =
  | { kind: 'loading' }
  | { kind: 'view'; view: LiveView }
  | { kind: 'not_found' }
  | { kind: 'failed'; message: string };

/** The last view stays while the connection is away. */
export function useLive(installation: number): Live {
  const link = useLink();
  const epoch = useEpoch();
  const [known, setKnown] = useState<{ installation: number; live: Live }>();

  useEffect(() => {
    if (epoch === 0) return undefined;
    let ended = false;
    const show = (view: LiveView) => {
      if (!ended && view.installation === installation) setKnown({ installation, live: { kind: 'view', view } });
    };
    const fail = (error: unknown) => {
      if (ended || !(error instanceof RpcError)) return; // without connection: asked again on the next one
      const live: Live = hasCode(error, errorCode.notFound)
        ? { kind: 'not_found' }
        : { kind: 'failed', message: error.message };
      setKnown({ installation, live });
    };
    const stopHearing = onLive(link, show);
    subscribeLive(link, installation).then(show, fail);
    const timer = setInterval(() => void getLive(link, installation).then(show, fail), REFRESH_MS);
    return () => {
      ended = true;
      stopHearing();
      clearInterval(timer);
      unsubscribeLive(link, installation).catch(() => undefined); // gone with its connection
    };
  }, [link, epoch, installation]);

  return known?.installation === installation ? known.live : { kind: 'loading' };
}
