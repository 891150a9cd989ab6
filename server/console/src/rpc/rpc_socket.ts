// JSON-RPC 2.0 over one WebSocket, for as long as that socket lives.
import { CallTimeout, ConnectionLost, RpcError } from './errors';

/** Every method that the console calls is answered from memory or one query; longer means that the server is gone. */
const CALL_TIMEOUT_MS = 15_000;

export interface SocketEvents {
  opened(): void;
  notified(method: string, params: unknown): void;
  /** Said once, after all pending calls were refused. */
  closed(): void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

interface Incoming {
  id?: number | string | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

export class RpcSocket {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private ended = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly events: SocketEvents,
  ) {
    socket.addEventListener('open', () => {
      if (!this.ended) events.opened();
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (!this.ended && typeof event.data === 'string') this.receive(event.data);
    });
    // A failed connection attempt gives `error` and then `close`: the second is enough.
    socket.addEventListener('close', () => this.end());
  }

  /** Resolves with the result; rejects with RpcError, ConnectionLost or CallTimeout. */
  call(method: string, params: object): Promise<unknown> {
    if (this.ended || this.socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new ConnectionLost(method));
    }
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new CallTimeout(method));
      }, CALL_TIMEOUT_MS);
      this.pending.set(id, { resolve, reject, timer });
      this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  /** Ends it at once, also when the other side no longer answers the closing handshake. */
  close(): void {
    this.socket.close();
    this.end();
  }

  private receive(text: string): void {
    let message: Incoming;
    try {
      message = JSON.parse(text) as Incoming;
    } catch {
      return; // no JSON: nothing that could be waited for
    }
    if (typeof message.method === 'string') {
      this.events.notified(message.method, message.params);
      return;
    }
    const pending = typeof message.id === 'number' ? this.pending.get(message.id) : undefined;
    if (!pending) return; // answered after its timeout
    this.pending.delete(message.id as number);
    clearTimeout(pending.timer);
    if (message.error) {
      pending.reject(new RpcError(message.error.code, message.error.message, message.error.data));
    } else {
      pending.resolve(message.result);
    }
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(new ConnectionLost('the connection ended'));
    }
    this.pending.clear();
    this.events.closed();
  }
}
