import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatMessage } from '../../simulator/chat-contract.ts';
import { until } from '../until';
import type { Customer } from './customer';
import { ExampleHost, publishing } from './example-host';
import { parametersOf, rulesWithoutNight } from './examples';

const startMs = 300_000;
const hourMs = 3_600_000;

let host: ExampleHost;

beforeAll(async () => (host = await ExampleHost.start()), startMs);
afterAll(async () => await host.stop());

const interactiveOf = ({ body }: ChatMessage) =>
	body['interactive'] as { type: string; action: Record<string, unknown> };

describe('order updates', () => {
	const workflow = publishing(
		() => host,
		async () => await host.publish('order-updates'),
	);
	const order = (number: string, phone: string, status = 'shipped') => ({
		...{ order: number, status, phone, name: 'Dana' },
	});
	const tells = async (body: object) => await host.call('lucky-shrub-orders', body);

	test('a shop that calls twice sends once', async () => {
		const dana = await host.customer('15550207004', 'Dana');
		const sent = await tells(order('A-1', dana.phone));
		expect(sent).toEqual({
			status: 200,
			body: { outcome: 'sent', messageId: expect.stringMatching(/^wamid\./) },
		});
		const { messageId } = sent.body as { messageId: string };
		expect(await tells(order('A-1', dana.phone))).toEqual({
			status: 200,
			body: { outcome: 'duplicate', messageId },
		});
		expect(await tells(order('A-1', dana.phone, 'packed'))).toEqual({
			status: 200,
			body: { outcome: 'ignored' },
		});
		expect(await dana.read()).toEqual(['order_update']);
	});

	test('a shop reads why a message did not go', async () => {
		expect(await tells(order('A-2', 'no number'))).toEqual({
			status: 500,
			body: { error: expect.objectContaining({ message: expect.stringContaining('no number') }) },
		});
	});

	test('the team hears of a message that failed later, with its order', async () => {
		// Accepted, and then failed with the code 131026.
		expect(await tells(order('A-3', '+19990131026'))).toMatchObject({ status: 200 });
		const kept = await until('the team is told', async () => {
			for (const { id } of host.own.executions(workflow().id)) {
				const [told] = (await host.outputs(id))('Tell the Team');
				if (told !== undefined) return told;
			}
			return null;
		});
		expect(kept).toMatchObject({
			order: 'A-3',
			phone: '19990131026',
			why: expect.stringMatching(/\w/),
		});
	});
});

describe('an abandoned cart', () => {
	/** Carts that were paid meanwhile. */
	const paid = new Set<string>();
	let shop: Server;
	beforeAll(async () => {
		shop = createServer((request, response) => {
			const cart = request.url?.split('/').at(-1) ?? '';
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ open: !paid.has(cart) }));
		});
		await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		shop.closeAllConnections();
		await new Promise((resolve) => shop.close(resolve));
	});

	const workflow = publishing(
		() => host,
		async () => {
			const { port } = shop.address() as AddressInfo;
			const { url } = await parametersOf('abandoned-cart', 'Is It Still Open?');
			const contactRules = await rulesWithoutNight('abandoned-cart', 'Remind of the Cart');
			return await host.publish('abandoned-cart', {
				'Wait an Hour': { amount: 1, unit: 'seconds' },
				'Is It Still Open?': {
					url: String(url).replace('https://luckyshrub.example', `http://127.0.0.1:${port}`),
				},
				'Remind of the Cart': { contactRules },
			});
		},
	);

	let carts = 0;
	/** A cart is left; waits until its execution has ended. */
	async function leave(cart: string, { phone }: Customer) {
		await host.call('lucky-shrub-carts', {
			...{ cart, phone, name: 'Emil', products: ['SKU-ALOE', 'SKU-POT'] },
			consentAt: new Date(Date.now() - hourMs).toISOString(),
		});
		return await host.lastRun(workflow(), ++carts);
	}

	test('is shown as a list within the window, once', async () => {
		const emil = await host.customer('15550207005', 'Emil');
		await emil.writes('Do you have aloes?');
		await host.settled();
		await leave('C-1', emil);
		const list = await emil.hears('Your plants still wait for you');
		expect(interactiveOf(list)).toMatchObject({
			type: 'product_list',
			action: { sections: [{ title: 'Your cart', product_items: [{}, {}] }] },
		});
		const again = await leave('C-1', emil);
		expect(again('Remind of the Cart')).toMatchObject([{ outcome: 'duplicate' }]);
		paid.add('C-2');
		const bought = await leave('C-2', emil);
		expect(bought('Remind of the Cart')).toEqual([]);
		expect(await emil.received()).toHaveLength(1);
	});

	test('is shown by a template outside the window', async () => {
		const fay = await host.customer('15550207006', 'Fay');
		// Nobody knows of her window until Meta says that it is closed.
		const match = { recipient: fay.waId, messageType: 'interactive' };
		await host.own.admin('POST', '/faults', { kind: 'error', code: 131047, match });
		const reminded = await leave('C-3', fay);
		expect(reminded('Remind of the Cart')).toMatchObject([{ outcome: 'sent', sentAs: 'template' }]);
		const { body } = await fay.hears('abandoned_cart');
		expect(JSON.stringify(body)).toContain('SKU-POT');
	});

	test('comes back as an order', async () => {
		const gus = await host.customer('15550207007', 'Gus');
		await gus.sends({
			type: 'order',
			order: { product_items: [{ product_retailer_id: 'SKU-ALOE', quantity: 2 }] },
		});
		await gus.hears('2 × SKU-ALOE');
		carts++;
	});
});

describe('the shop', () => {
	publishing(
		() => host,
		async () => await host.publish('shop'),
	);

	test('sells from the catalog to the order status', async () => {
		const hana = await host.customer('15550207008', 'Hana');
		await hana.writes('What do you sell?');
		expect(interactiveOf(await hana.hears('Look around')).type).toBe('catalog_message');
		await hana.sends({
			type: 'order',
			order: {
				product_items: [
					{ product_retailer_id: 'SKU-ALOE', quantity: 2 },
					{ product_retailer_id: 'SKU-POT', quantity: 1 },
				],
			},
		});
		const asked = await hana.hears('Tap to pay');
		const { reference_id: referenceId, order } = interactiveOf(asked).action['parameters'] as {
			reference_id: string;
			order: { items: object[] };
		};
		expect(order.items).toMatchObject([
			{ name: 'Aloe vera', quantity: 2 },
			{ name: 'Terracotta pot', quantity: 1 },
		]);
		const pays = async (status: string) =>
			await host.own.admin('POST', '/webhooks', {
				...{ kind: 'payment', customer: hana.waId, messageId: asked.id, referenceId, status },
			});
		await pays('failed');
		await hana.hears('did not go through');
		await pays('captured');
		const confirmed = interactiveOf(await hana.hears('your payment has arrived'));
		expect(confirmed).toMatchObject({
			type: 'order_status',
			action: { parameters: { reference_id: referenceId, order: { status: 'processing' } } },
		});
		await host.call('lucky-shrub-parcels', { reference: referenceId, phone: hana.phone });
		expect(interactiveOf(await hana.hears('on its way'))).toMatchObject({
			action: { parameters: { order: { status: 'shipped' } } },
		});
	});
});
