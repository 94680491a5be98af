import type { TemplateInput } from '../../../nodes/WhatsAppCloud/templates/templateInput';
import type { ValuesById } from '../../../nodes/WhatsAppCloud/templates/messageFields';

/** Values where Meta has no example, by the end of the ID. */
const byEnd: Record<string, unknown> = {
	data: { screen: 'DATE' },
	token: 'visit-1',
	payload: 'yes',
	call: 'call-1',
	name: 'Lucky Shrub',
	address: '1 Garden Street',
	reference: 'LS-2041',
	status: 'shipped',
	description: 'On its way',
	order: { reference_id: 'LS-2041' },
	pix_dynamic_code: '00020101021226',
	boleto: '0'.repeat(47),
	payment_link: 'https://luckyshrub.example/pay',
};

/** A value for each input, such as somebody would enter. */
export const exampleValues = (inputs: readonly TemplateInput[]): ValuesById =>
	Object.fromEntries(
		inputs.map(({ id, kind, example }) => {
			if (kind === 'file') return [id, 'https://luckyshrub.example/files/1'];
			return [id, example ?? byEnd[id.slice(id.lastIndexOf('.') + 1)]];
		}),
	);
