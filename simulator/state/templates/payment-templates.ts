import type { JsonObject } from '../../json.ts';
import { body, buttons } from './template-parts.ts';
import type { TemplateSeed } from './template-parts.ts';

const pixRequest: JsonObject = {
	type: 'PAYMENT_REQUEST',
	text: 'Copy Pix code',
	payment_setting: { type: 'pix_dynamic_code', pix_dynamic_code: { code: '00020101021226' } },
};

/** Payment requests as they exist in Brazil. */
export const paymentTemplates: readonly TemplateSeed[] = [
	{
		name: 'invoice_pix',
		language: 'pt_BR',
		category: 'UTILITY',
		components: [body('Olá {{1}}, aqui está a sua fatura.', 'Ana'), buttons(pixRequest)],
	},
	{
		name: 'payment_choice',
		language: 'pt_BR',
		category: 'UTILITY',
		components: [
			body('Olá {{1}}, escolha como pagar.', 'Ana'),
			buttons(
				pixRequest,
				{
					type: 'PAYMENT_REQUEST',
					text: 'Copy Boleto code',
					payment_setting: { type: 'boleto', boleto: { digitable_line: '0'.repeat(47) } },
				},
				{
					type: 'PAYMENT_REQUEST',
					text: 'Open payment link',
					payment_setting: {
						type: 'payment_link',
						payment_link: { uri: 'https://luckyshrub.example/pay' },
					},
				},
			),
		],
	},
];
