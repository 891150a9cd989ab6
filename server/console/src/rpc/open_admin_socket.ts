// The operators' door of the server that this page came from.

const SUBPROTOCOL = 'kurs.admin.v1';

export function openAdminSocket(): WebSocket {
  const address = new URL('/admin', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address, SUBPROTOCOL);
}
