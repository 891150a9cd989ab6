// A stand-in for the server's operators' door: serves the built console and speaks the API of
// server/admin/README.md, as far as the console uses it, with canned data that change.
//
//   node mock_server.mjs [--port 8080] [--scenario busy] [--dist DIR]      user: admin, password: secret-secret
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { advance, scenarios } from './mock_data.mjs';

export const USER = 'admin';
export const PASSWORD = 'secret-secret';

const HERE = dirname(fileURLToPath(import.meta.url));
export const DIST = process.env.KURS_CONSOLE_DIST ?? join(HERE, '../../server/console/dist');

const SUBPROTOCOL = 'kurs.admin.v1';
const CONTENT_SECURITY_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const contentTypes = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};

class Refusal extends Error {
  constructor(code, message, data) {
    super(message);
    Object.assign(this, { code, data });
  }
}

/** Method -> the names of its parameters; `?` marks those that may be left out. */
const parameters = {
  'auth.login': ['user', 'password'],
  'auth.resume': ['token'],
  'auth.logout': [],
  'installation.list': [],
  'station.list': [],
  'live.get': ['installation'],
  'live.subscribe': ['installation'],
  'live.unsubscribe': ['installation'],
};

function checkParameters(method, params) {
  const known = parameters[method];
  if (!known) throw new Refusal(-32601, 'unknown method');
  for (const name of Object.keys(params)) {
    if (!known.includes(name)) throw new Refusal(-32602, 'bad parameters', { field: name, rule: 'known' });
  }
  for (const name of known) {
    if (!(name in params)) throw new Refusal(-32602, 'bad parameters', { field: name, rule: 'required' });
  }
}

export class MockServer {
  world;
  /** Methods called, in order, over all connections. */
  called = [];
  /** While true, new WebSockets are refused with 503, as by a server that is not up yet. */
  refusing = false;
  /** While true, auth.login answers -32007. */
  tooManyAttempts = false;
  tokens = new Set();
  #conversations = new Set();
  #http;
  #sockets;

  constructor({ scenario = 'busy', dist = DIST } = {}) {
    if (!existsSync(join(dist, 'index.html'))) {
      throw new Error(`${dist} has no index.html: run \`npm ci && npm run build\` in server/console first`);
    }
    this.world = scenarios[scenario]();
    this.#http = createServer((request, response) => this.#serveFile(dist, request, response));
    this.#sockets = new WebSocketServer({ noServer: true, handleProtocols: () => SUBPROTOCOL });
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Gives the address once it listens; port 0 takes a free one. */
  async listen(port = 0) {
    await new Promise((resolve, reject) => this.#http.once('error', reject).listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#http.address().port}`;
  }

  async close() {
    this.dropConnections();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Cuts every WebSocket without a closing handshake. */
  dropConnections() {
    for (const { socket } of this.#conversations) socket.terminate();
  }

  /** Time passes, and subscribers hear of it. */
  tick(seconds = 1) {
    advance(this.world, seconds);
    this.publish();
  }

  /** Sends the live views as they are now to their subscribers. */
  publish() {
    for (const { socket, subscriptions } of this.#conversations) {
      for (const installation of subscriptions) {
        socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'live', params: this.world.views[installation] }));
      }
    }
  }

  get subscribed() {
    return [...this.#conversations].flatMap(({ subscriptions }) => [...subscriptions]);
  }

  #serveFile(dist, request, response) {
    const { pathname } = new URL(request.url, 'http://mock');
    const path = join(dist, normalize(pathname === '/' ? '/index.html' : pathname));
    if (!path.startsWith(dist) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    createReadStream(path).pipe(response);
  }

  #upgrade(request, socket, head) {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (this.refusing || request.url !== '/admin' || !offered.includes(SUBPROTOCOL)) {
      socket.end(`HTTP/1.1 ${this.refusing ? 503 : 400} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      const conversation = { socket: ws, loggedIn: false, token: undefined, subscriptions: new Set() };
      this.#conversations.add(conversation);
      ws.on('message', (data) => this.#answer(conversation, String(data)));
      ws.on('close', () => this.#conversations.delete(conversation));
    });
  }

  #answer(conversation, text) {
    const { id, method, params = {} } = JSON.parse(text);
    this.called.push(method);
    const reply = { jsonrpc: '2.0', id };
    try {
      checkParameters(method, params);
      if (!conversation.loggedIn && method !== 'auth.login' && method !== 'auth.resume') {
        throw new Refusal(-32001, 'not logged in');
      }
      reply.result = this.#run(conversation, method, params);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply.error = { code: error.code, message: error.message, data: error.data };
    }
    conversation.socket.send(JSON.stringify(reply));
  }

  #run(conversation, method, params) {
    switch (method) {
      case 'auth.login':
        if (this.tooManyAttempts) throw new Refusal(-32007, 'too many attempts');
        if (params.user !== USER || params.password !== PASSWORD) throw new Refusal(-32002, 'wrong user or password');
        conversation.loggedIn = true;
        conversation.token = randomUUID();
        this.tokens.add(conversation.token);
        return { token: conversation.token, user: USER };
      case 'auth.resume':
        if (!this.tokens.has(params.token)) throw new Refusal(-32001, 'not logged in');
        conversation.loggedIn = true;
        conversation.token = params.token;
        return { user: USER };
      case 'auth.logout':
        this.tokens.delete(conversation.token);
        conversation.loggedIn = false;
        return {};
      case 'installation.list':
        return { installations: this.world.installations };
      case 'station.list':
        return { stations: this.world.stations };
      case 'live.unsubscribe':
        conversation.subscriptions.delete(params.installation);
        return {};
      default: {
        const view = this.world.views[params.installation];
        if (!view) throw new Refusal(-32003, 'no such installation', { field: 'installation', rule: 'exists' });
        if (method === 'live.subscribe') conversation.subscriptions.add(params.installation);
        return view;
      }
    }
  }
}

const TICK_MS = 1000;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      scenario: { type: 'string', default: 'busy' },
      dist: { type: 'string', default: DIST },
    },
  });
  const server = new MockServer(values);
  console.log(`${await server.listen(Number(values.port))}  user ${USER}, password ${PASSWORD}`);
  setInterval(() => server.tick(), TICK_MS);
}
