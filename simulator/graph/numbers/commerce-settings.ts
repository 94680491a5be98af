import type { FastifyInstance } from 'fastify';
import { asText } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import { invalidParameter } from '../../errors/graph-error.ts';
import { idOf, parameter, reachPhoneNumber } from '../call.ts';

const names = ['is_cart_enabled', 'is_catalog_visible'] as const;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/set-commerce-settings */
export function registerCommerceSettings(app: FastifyInstance, simulator: Simulator): void {
	const scope = 'whatsapp_business_management';
	app.get('/:id/whatsapp_commerce_settings', (request) => {
		const number = reachPhoneNumber(simulator, request, idOf(request), scope);
		return { data: [{ ...number.commerce, id: number.id }] };
	});
	app.post('/:id/whatsapp_commerce_settings', (request) => {
		const { commerce } = reachPhoneNumber(simulator, request, idOf(request), scope);
		for (const name of names) {
			const value = parameter(request, name);
			if (value === undefined) continue;
			const text = typeof value === 'boolean' ? String(value) : asText(value);
			if (text !== 'true' && text !== 'false') {
				throw invalidParameter(`Param ${name} must be a boolean`);
			}
			commerce[name] = text === 'true';
		}
		return { success: true };
	});
}
