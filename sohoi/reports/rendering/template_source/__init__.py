"""Where the product's own Word templates come from: styles, parts and how they are put together."""
