// The console's lasting link to the server: one socket after the other, logged in again each time.
import { backoffMs } from './backoff';
import { CallTimeout, ConnectionLost, errorCode, hasCode, RpcError } from './errors';
import { RpcSocket } from './rpc_socket';
import type { TokenStore } from './token_store';

/**
 * connecting: no socket yet, and nobody known to be logged in.
 * login:      connected; the user must log in. `ended`: a login that stood before is no longer valid.
 * live:       connected and logged in. `epoch` differs for every socket: subscriptions are made per epoch.
 * lost:       logged in, but the socket is gone; attempts go on.
 */
export type LinkState =
  | { phase: 'connecting' }
  | { phase: 'login'; ended: boolean }
  | { phase: 'live'; user: string; epoch: number }
  | { phase: 'lost'; user: string };

type Listener = () => void;
type NotificationHandler = (params: unknown) => void;

export class Link {
  private current: LinkState = { phase: 'connecting' };
  private socket: RpcSocket | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;
  private failedAttempts = 0;
  private epoch = 0;
  private loginEnded = false;
  private readonly listeners = new Set<Listener>();
  private readonly handlers = new Map<string, Set<NotificationHandler>>();

  constructor(
    private readonly openSocket: () => WebSocket,
    private readonly tokens: TokenStore,
  ) {}

  get state(): LinkState {
    return this.current;
  }

  /** Calls `listener` after every change of `state`; gives the function that stops it. */
  onState(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `handler` with the params of every notification `method`; gives the function that stops it. */
  onNotification(method: string, handler: NotificationHandler): () => void {
    const handlers = this.handlers.get(method) ?? new Set();
    this.handlers.set(method, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  /** Connects now, unless it is connected or about to be: at the start, and when waiting makes no sense. */
  connect(): void {
    if (this.socket) return;
    if (this.retryTimer !== null) clearTimeout(this.retryTimer);
    this.retryTimer = null;
    const socket = new RpcSocket(this.openSocket(), {
      opened: () => void this.greet(socket),
      notified: (method, params) => this.handlers.get(method)?.forEach((handler) => handler(params)),
      closed: () => this.onClosed(socket),
    });
    this.socket = socket;
  }

  /** Rejects with RpcError, ConnectionLost or CallTimeout. */
  async call<T>(method: string, params: object): Promise<T> {
    const socket = this.socket;
    if (!socket) throw new ConnectionLost(method);
    try {
      return (await socket.call(method, params)) as T;
    } catch (error) {
      if (socket === this.socket) this.judge(error, socket);
      throw error;
    }
  }

  async login(user: string, password: string): Promise<void> {
    const answer = await this.call<{ token: string; user: string }>('auth.login', { user, password });
    this.tokens.set(answer.token);
    this.enterLive(answer.user);
  }

  /** Ends the login here and, when the server can be reached, there. */
  async logout(): Promise<void> {
    await this.call('auth.logout', {}).catch(() => undefined);
    this.tokens.set(null);
    this.loginEnded = false;
    this.setState({ phase: 'connecting' });
    // A new socket carries no subscription of the old login.
    this.failedAttempts = 0;
    if (this.socket) this.socket.close();
    this.connect();
  }

  private async greet(socket: RpcSocket): Promise<void> {
    const token = this.tokens.get();
    if (token === null) {
      this.setState({ phase: 'login', ended: this.loginEnded });
      return;
    }
    try {
      const answer = (await socket.call('auth.resume', { token })) as { user: string };
      if (socket === this.socket) this.enterLive(answer.user);
    } catch (error) {
      if (socket !== this.socket) return;
      // Any answer but "later" means that this token opens nothing any more.
      if (error instanceof RpcError && error.code !== errorCode.tooManyAttempts) this.endLogin();
      else socket.close();
    }
  }

  private judge(error: unknown, socket: RpcSocket): void {
    if (this.current.phase === 'live' && hasCode(error, errorCode.notLoggedIn)) this.endLogin();
    // Silence on an open socket: a laptop that slept, a path that died. A new socket finds out.
    if (error instanceof CallTimeout) socket.close();
  }

  private enterLive(user: string): void {
    this.failedAttempts = 0;
    this.loginEnded = false;
    this.epoch += 1;
    this.setState({ phase: 'live', user, epoch: this.epoch });
  }

  private endLogin(): void {
    this.tokens.set(null);
    this.loginEnded = true;
    this.setState({ phase: 'login', ended: true });
  }

  private onClosed(socket: RpcSocket): void {
    if (socket !== this.socket) return;
    this.socket = null;
    const before = this.current;
    if (before.phase === 'live') this.setState({ phase: 'lost', user: before.user });
    else if (before.phase === 'login') this.setState({ phase: 'connecting' });
    this.retryTimer = setTimeout(() => this.connect(), backoffMs(this.failedAttempts, Math.random()));
    this.failedAttempts += 1;
  }

  private setState(state: LinkState): void {
    this.current = state;
    this.listeners.forEach((listener) => listener());
  }
}
