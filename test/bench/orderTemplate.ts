/** A template with a picture, two variables and a button, as the editor stores its fields. */
export const orderTemplate = {
	operation: 'sendTemplate',
	template: { __rl: true, mode: 'list', value: 'order_ready:en_US' },
	valuesFrom: 'item',
	renames: { rename: [{ from: 'phone', to: 'recipient' }] },
	templateValues: {
		mappingMode: 'autoMapInputData',
		value: null,
		schema: [
			{
				id: 'text',
				displayName: 'Text',
				type: 'options',
				options: [
					{ value: 'name', name: 'order_ready' },
					{ value: 'language', name: 'en_US' },
					{ value: 'category', name: 'UTILITY' },
					{ value: 'body', name: 'Hello {{1}}, {{2}}. See you.' },
				],
			},
			...['header.image', 'body.1', 'body.2', 'button.0.url'].map((id) => ({
				id,
				displayName: id,
				type: 'string',
			})),
		],
	},
};

/** What an item has for it. */
export const templateItem = (index: number) => ({
	'body.1': `Customer ${index}`,
	'body.2': 'your order is ready',
	image: 'https://luckyshrub.example/order.jpg',
	url: `orders/${index}`,
});
