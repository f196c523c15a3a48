<?php
// Throws away all posts, pictures and terms.
foreach (['any', 'trash'] as $status) {
    $asked = ['post_type' => ['post', 'attachment'], 'post_status' => $status, 'numberposts' => -1];
    foreach (get_posts($asked) as $post) {
        wp_delete_post($post->ID, true);
    }
}
foreach (['post_tag', 'category'] as $kind) {
    foreach (get_terms(['taxonomy' => $kind, 'hide_empty' => false]) as $term) {
        wp_delete_term($term->term_id, $kind);
    }
}
