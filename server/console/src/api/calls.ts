// The methods that the console uses, typed. Method names and parameters are spelled only here.
import type { Link } from '../rpc/link';
import type { Installation, LiveView, Station } from './types';

export async function listInstallations(link: Link): Promise<Installation[]> {
  const answer = await link.call<{ installations: Installation[] }>('installation.list', {});
  return answer.installations;
}

export async function listStations(link: Link): Promise<Station[]> {
  const answer = await link.call<{ stations: Station[] }>('station.list', {});
  return answer.stations;
}

export function getLive(link: Link, installation: number): Promise<LiveView> {
  return link.call<LiveView>('live.get', { installation });
}

/** Gives the live view now; from then on `onLive` hears of every later one. */
export function subscribeLive(link: Link, installation: number): Promise<LiveView> {
  return link.call<LiveView>('live.subscribe', { installation });
}

export async function unsubscribeLive(link: Link, installation: number): Promise<void> {
  await link.call<object>('live.unsubscribe', { installation });
}

/** Calls `hear` with every live view that the server sends; gives the function that stops it. */
export function onLive(link: Link, hear: (view: LiveView) => void): () => void {
  return link.onNotification('live', (params) => hear(params as LiveView));
}
