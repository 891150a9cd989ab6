// The operators' API for tests: what the page should show, asked by another way.
import { WebSocket } from 'ws';

export class ApiClient {
  #socket;
  #pending = new Map();
  #nextId = 1;

  static async connect(operatorsUrl) {
    const client = new ApiClient();
    client.#socket = new WebSocket(new URL('/admin', operatorsUrl.replace(/^http/, 'ws')), 'kurs.admin.v1');
    client.#socket.on('message', (data) => client.#receive(JSON.parse(String(data))));
    await new Promise((resolve, reject) => client.#socket.once('open', resolve).once('error', reject));
    return client;
  }

  call(method, params = {}) {
    const id = this.#nextId++;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, method }));
  }

  close() {
    this.#socket.close();
  }

  #receive({ id, result, error }) {
    const pending = this.#pending.get(id);
    if (!pending) return; // a notification
    this.#pending.delete(id);
    if (error) pending.reject(new Error(`${pending.method}: ${error.code} ${error.message} ${JSON.stringify(error.data)}`));
    else pending.resolve(result);
  }
}
