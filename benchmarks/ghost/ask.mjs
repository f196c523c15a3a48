// Asks a Ghost with Ghost's own client and writes one JSON line for each step: what came, or what
// was refused. Usage: node ask.mjs ADDRESS KEY PICTURE
import GhostAdminAPI from '@tryghost/admin-api';
import jwt from 'jsonwebtoken';

const [, , url, key, picture] = process.argv;
const version = 'v5.0';
const client = (options = {}) => new GhostAdminAPI({url, key, version, ...options});
const api = client();
const html = '<p>A cup of coffee in the harbour.</p>';

async function step(name, act, pick) {
    try {
        const came = await act();
        process.stdout.write(JSON.stringify({name, came: pick ? pick(came) : came}) + '\n');
        return came;
    } catch (error) {
        const {type, code = null, message, context = null} = error;
        process.stdout.write(JSON.stringify({name, refused: {type, code, message, context}}) + '\n');
        return null;
    }
}

const shown = ({title, slug, status, html: text, tags, custom_excerpt, meta_title,
    meta_description, feature_image, published_at}) => ({title, slug, status, html: text,
    tags: tags.map(tag => tag.name), custom_excerpt, meta_title, meta_description, feature_image,
    published_at});

function signed(claims, secret = key.split(':')[1], kid = key.split(':')[0]) {
    return jwt.sign(claims, Buffer.from(secret, 'hex'), {algorithm: 'HS256', keyid: kid});
}

const now = Math.floor(Date.now() / 1000);
await step('site', () => api.site.read(), site => Object.keys(site).sort());
const image = await step('image', () => api.images.upload({file: picture, ref: 'cover'}),
    ({url: place, ref}) => ({place: new URL(place).pathname.replace(/\d{4}\/\d{2}/, 'M'), ref}));
const draft = await step('draft', () => api.posts.add({
    title: 'Coffee at sea', html, tags: ['Coffee', {name: '#harbour'}], custom_excerpt: 'Short',
    meta_title: 'For search', meta_description: 'For results', feature_image: image.url
}, {source: 'html', formats: ['html']}), post => ({...shown(post), feature_image:
    post.feature_image === image.url}));
await step('twin', () => api.posts.add({title: 'Coffee at sea'}), post => post.slug);
await step('without a title', () => api.posts.add({html}, {source: 'html'}));
await step('long excerpt', () => api.posts.add({title: 'A', custom_excerpt: 'x'.repeat(301)}));
await step('scheduled without a date', () => api.posts.add({title: 'A', status: 'scheduled'}));
await step('scheduled too soon', () => api.posts.add({title: 'A', status: 'scheduled',
    published_at: new Date(Date.now() + 60000).toISOString()}));
await step('scheduled', () => api.posts.add({title: 'Later', status: 'scheduled',
    published_at: '2041-05-06T07:08:09.000Z'}), shown);
const published = await step('published', () => api.posts.edit({id: draft.id, status: 'published',
    updated_at: draft.updated_at}), post => [post.status, new URL(post.url).pathname]);
await step('published, then scheduled', () => api.posts.edit({id: draft.id, status: 'scheduled',
    updated_at: published.updated_at}));
await step('changed with an old date', () => api.posts.edit({id: draft.id, title: 'Other',
    updated_at: '2020-01-01T00:00:00.000Z'}));
await step('changed without a date', () => api.posts.edit({id: draft.id, title: 'Other'}));
await step('read by slug', () => api.posts.read({slug: 'coffee-at-sea'}, {formats: ['html']}),
    post => [post.title, post.html]);
await step('no such post', () => api.posts.read({id: '0'.repeat(24)}));
await step('found', () => api.posts.browse({filter: "slug:[coffee-at-sea,later]", fields: 'slug'}),
    posts => [posts.map(post => post.slug).sort(), posts.meta.pagination.total]);
await step('found by status', () => api.posts.browse({filter: 'status:scheduled', limit: 'all'}),
    posts => posts.map(post => post.slug));
await step('deleted', () => api.posts.delete({id: draft.id}), () => 'deleted');
await step('deleted again', () => api.posts.delete({id: draft.id}));
await step('no such key', () => client({key: `${'0'.repeat(24)}:${'0'.repeat(64)}`})
    .posts.browse());
await step('wrong secret', () => client({key: `${key.split(':')[0]}:${'0'.repeat(64)}`})
    .posts.browse());
const odd = {
    'token for an hour': {iat: now, exp: now + 3600, aud: '/admin/'},
    'token of ten minutes ago': {iat: now - 600, exp: now + 60, aud: '/admin/'},
    'token that is over': {iat: now - 100, exp: now - 10, aud: '/admin/'},
    'token for others': {iat: now, exp: now + 60, aud: '/content/'}
};
for (const [name, claims] of Object.entries(odd)) {
    await step(name, () => client({generateToken: () => signed(claims)}).posts.browse());
}
await step('token for five minutes', () => client({generateToken: () =>
    signed({iat: now, exp: now + 300, aud: '/admin/'})}).posts.browse({limit: 1}),
posts => posts.length);
