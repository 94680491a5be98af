import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { changeWebhook, messagesWebhook } from '../../unit/events/fixture';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import type { Engine } from '../../unit/store/engines';
import { SimulatedN8n, type Begun } from './simulatedN8n';
import { WatchedStore } from './watchedStore';

/** As the webhooks of the fixtures name them. */
export const ACCOUNT = '300000000000001';
export const NUMBER = '200000000000001';

export const PHONE = '49151';
export const KEY = `+${PHONE}`;
export const minuteMs = 60_000;

/** A person who writes to a simulated n8n; call it in what `onEachEngine` runs. */
export function peopleOn(engine: Engine) {
	let store: Store;
	let clock: VirtualClock;
	let begun: Begun[];
	let count = 0;
	const next = () => ++count;

	beforeEach(async () => {
		const watched = new WatchedStore(await engine.open());
		({ store } = watched);
		clock = createVirtualClock(Date.now(), async () => await watched.idle());
		begun = [];
	});

	const start = async (settings: Record<string, unknown> = {}) => {
		const n8n = new SimulatedN8n(store, clock, begun, { settings });
		await n8n.publish('first');
		return n8n;
	};
	const seconds = () => String(Math.floor(clock.now() / 1_000));
	const pass = async (ms: number) => await clock.run(clock.sleep(ms));
	const deliver = async (n8n: SimulatedN8n, payload: JsonValue) => {
		const received = await clock.run(n8n.receive(payload));
		await pass(2_000);
		return received;
	};
	const message = (content: Record<string, JsonValue>, from = PHONE): JsonValue =>
		messagesWebhook({
			messages: [{ id: `wamid.${next()}`, from, timestamp: seconds(), type: 'text', ...content }],
		});
	const text = (body: string) => message({ text: { body } });
	const inField = (field: string, value: Record<string, JsonValue>): JsonValue =>
		changeWebhook(field, {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: '15550001111', phone_number_id: NUMBER },
			...value,
		});
	const person = async (key = KEY) => (await store.contacts.get(ACCOUNT, [key]))[0];

	return {
		get store() {
			return store;
		},
		get clock() {
			return clock;
		},
		/** The executions of the present test. */
		get begun() {
			return begun;
		},
		/** A number that no message has yet. */
		next,
		...{ start, seconds, pass, deliver, message, text, inField, person },
	};
}
