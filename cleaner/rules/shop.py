"""Shop prompts: cart, stock, shipping.

E-commerce pages hang products below their texts. It misleads in guides that explain how to order.
"""

from cleaner.rules import phrase_rule

RULE = phrase_rule(
    __name__,
    __doc__,
    why="is a prompt of a shop",
    fires=("Add to cart", "Ajouter au panier"),
    silent=("She added two apples to the cart and left.", "Il a ajouté deux pommes dans son panier."),
)
