import type { Socket } from 'node:net';

/** Seconds that the rate histogram covers. */
const histogramSeconds = 3600;

/** Counts what reached the server and what it accepted: the truth for tests about lost answers. */
export class Counters {
	acceptedMessages = 0;
	refusedMessages = 0;
	readReceipts = 0;
	uploads = 0;
	uploadedBytes = 0;
	requests = 0;
	connectionsOpened = 0;
	connectionsOpen = 0;
	/** Connections that carried a request to the Graph API, not just to the simulator's own API. */
	graphConnections = 0;
	#graphSockets = new WeakSet<Socket>();
	concurrency = 0;
	peakConcurrency = 0;
	readonly byRecipient = new Map<string, number>();
	readonly byOperationId = new Map<string, number>();
	readonly byPhoneNumberId = new Map<string, number>();
	readonly byType = new Map<string, number>();
	/** Accepted messages per second of real time. */
	readonly perSecond = new Map<number, number>();

	accepted(message: {
		recipient: string;
		operationId: string | null;
		phoneNumberId: string;
		type: string;
	}): void {
		this.acceptedMessages++;
		increment(this.byRecipient, message.recipient);
		increment(this.byPhoneNumberId, message.phoneNumberId);
		increment(this.byType, message.type);
		if (message.operationId !== null) increment(this.byOperationId, message.operationId);
		const second = Math.floor(Date.now() / 1000);
		increment(this.perSecond, second);
		if (this.perSecond.size > histogramSeconds) {
			for (const oldest of this.perSecond.keys()) {
				this.perSecond.delete(oldest);
				break;
			}
		}
	}

	requestBegan(socket: Socket): void {
		this.requests++;
		if (!this.#graphSockets.has(socket)) {
			this.#graphSockets.add(socket);
			this.graphConnections++;
		}
		this.concurrency++;
		if (this.concurrency > this.peakConcurrency) this.peakConcurrency = this.concurrency;
	}

	requestEnded(): void {
		this.concurrency--;
	}

	/** Sets all counts to zero, except open connections and requests in progress. */
	reset(): void {
		this.acceptedMessages = 0;
		this.refusedMessages = 0;
		this.readReceipts = 0;
		this.uploads = 0;
		this.uploadedBytes = 0;
		this.requests = 0;
		this.connectionsOpened = this.connectionsOpen;
		this.peakConcurrency = this.concurrency;
		this.graphConnections = 0;
		this.#graphSockets = new WeakSet();
		for (const map of [this.byRecipient, this.byOperationId, this.byPhoneNumberId, this.byType]) {
			map.clear();
		}
		this.perSecond.clear();
	}
}

function increment<K>(map: Map<K, number>, key: K): void {
	map.set(key, (map.get(key) ?? 0) + 1);
}
