"""Every document that is sent to Shopify's GraphQL Admin API, version 2026-10. The tests hold each against the published schema.

Money is read as the buyer paid it (`presentmentMoney`): that is what `refundCreate` wants to hear. Orders are listed by name first
and read one by one, each document small enough for the 1,000 points that one query may cost.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "2026-10"
MOST_TRANSACTIONS: Final = 15
MOST_REFUNDS: Final = 8
MOST_MONEY: Final = 60
MOST_PARCELS: Final = 5

_MONEY: Final = "{ presentmentMoney { amount currencyCode } }"
_LINES: Final = f"""
fragment Lines on LineItemConnection {{
  nodes {{
    id sku title variantTitle quantity currentQuantity refundableQuantity
    originalUnitPriceSet {_MONEY}
    originalTotalSet {_MONEY}
    discountAllocations {{ allocatedAmountSet {_MONEY} }}
    taxLines(first: 5) {{ priceSet {_MONEY} }}
  }}
  pageInfo {{ hasNextPage endCursor }}
}}
"""
_PAYMENT: Final = f"""
fragment Paid on OrderTransaction {{
  id kind status errorCode gateway paymentId manualPaymentGateway processedAt
  amountSet {_MONEY}
  parentTransaction {{ id }}
}}
"""
_REFUND: Final = """
fragment Back on Refund {
  id createdAt note
  return { id name }
  transactions(first: 2) { nodes { ...Paid } }
}
"""
_ORDER: Final = f"""
fragment Whole on Order {{
  id name createdAt processedAt updatedAt cancelledAt presentmentCurrencyCode taxesIncluded edited note email phone
  displayFinancialStatus displayFulfillmentStatus
  shippingAddress {{ name phone countryCodeV2 provinceCode }}
  billingAddress {{ name phone countryCodeV2 provinceCode }}
  totalPriceSet {_MONEY}
  shippingLines(first: 3) {{
    nodes {{ isRemoved discountedPriceSet {_MONEY} taxLines {{ priceSet {_MONEY} }} }}
  }}
  lineItems(first: 20) {{ ...Lines }}
  fulfillments(first: {MOST_PARCELS}) {{
    id status displayStatus createdAt deliveredAt
    fulfillmentLineItems(first: 10) {{ nodes {{ lineItem {{ id }} }} pageInfo {{ hasNextPage }} }}
  }}
  transactions(first: {MOST_TRANSACTIONS}) {{ ...Paid }}
  refunds(first: {MOST_REFUNDS}) {{ ...Back }}
  disputes {{ id initiatedAs status }}
  returns(first: 1) {{ nodes {{ id }} }}
}}
"""
_RETURN: Final = """
fragment Asked on Return {
  id name status createdAt requestApprovedAt closedAt
  decline { reason note }
  returnLineItems(first: 20) {
    nodes {
      id quantity processedQuantity unprocessedQuantity refundedQuantity customerNote returnReasonNote
      returnReasonDefinition { handle name }
      ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
    }
    pageInfo { hasNextPage }
  }
  exchangeLineItems(first: 10) { nodes { id quantity processedQuantity unprocessedQuantity } }
  reverseFulfillmentOrders(first: 3) {
    nodes {
      id status
      lineItems(first: 20) {
        nodes { id totalQuantity fulfillmentLineItem { id } dispositions { type quantity createdAt } }
      }
      reverseDeliveries(first: 5) {
        nodes { id deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { carrierName number } } } }
      }
    }
  }
}
"""

PROBE: Final = """
query AmendsProbe {
  shop { name myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
}
"""
BUYER: Final = """
query AmendsBuyer { orders(first: 1) { nodes { id email shippingAddress { name } } } }
"""
CHANGED: Final = """
query AmendsChanged($first: Int!, $after: String, $query: String!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    edges { cursor node { id } }
    pageInfo { hasNextPage }
  }
}
"""
NAMED: Final = """
query AmendsNamed($query: String!) {
  orders(first: 5, query: $query) { nodes { id name } }
}
"""
ORDER: Final = f"query AmendsOrder($id: ID!) {{ order(id: $id) {{ ...Whole }} }}{_ORDER}{_LINES}{_PAYMENT}{_REFUND}"
LINES: Final = f"""
query AmendsLines($id: ID!, $after: String) {{
  order(id: $id) {{ id lineItems(first: 30, after: $after) {{ ...Lines }} }}
}}
{_LINES}"""
MONEY: Final = f"""
query AmendsMoney($id: ID!) {{
  order(id: $id) {{
    id name note presentmentCurrencyCode
    transactions(first: {MOST_MONEY}) {{ ...Paid }}
    refunds(first: {MOST_MONEY}) {{ ...Back }}
  }}
}}
{_PAYMENT}{_REFUND}"""
TAKEN_BACK: Final = """
query AmendsTakenBack($id: ID!) {
  order(id: $id) { id refunds(first: 40) { refundLineItems(first: 10) { nodes { quantity lineItem { id } } } } }
}
"""
RETURNS: Final = f"""
query AmendsReturns($id: ID!, $after: String) {{
  order(id: $id) {{ id returns(first: 2, after: $after) {{ nodes {{ ...Asked }} pageInfo {{ hasNextPage endCursor }} }} }}
}}
{_RETURN}"""
RETURN: Final = f"""
query AmendsReturn($id: ID!) {{ return(id: $id) {{ ...Asked order {{ id name }} }} }}
{_RETURN}"""

APPROVE: Final = """
mutation AmendsApprove($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id status } userErrors { code field message } }
}
"""
DECLINE: Final = """
mutation AmendsDecline($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id status } userErrors { code field message } }
}
"""
PROCESS: Final = """
mutation AmendsProcess($input: ReturnProcessInput!) {
  returnProcess(input: $input) { return { id status } userErrors { code field message } }
}
"""
DISPOSE: Final = """
mutation AmendsDispose($items: [ReverseFulfillmentOrderDisposeInput!]!) {
  reverseFulfillmentOrderDispose(dispositionInputs: $items) {
    reverseFulfillmentOrderLineItems { id }
    userErrors { code field message }
  }
}
"""
CLOSE: Final = """
mutation AmendsClose($id: ID!) {
  returnClose(id: $id) { return { id status } userErrors { code field message } }
}
"""
REFUND: Final = f"""
mutation AmendsRefund($input: RefundInput!, $key: String!) {{
  refundCreate(input: $input) @idempotent(key: $key) {{
    refund {{ ...Back }}
    userErrors {{ field message }}
  }}
}}
{_PAYMENT}{_REFUND}"""
NOTE: Final = """
mutation AmendsNote($input: OrderInput!) {
  orderUpdate(input: $input) { order { id note } userErrors { field message } }
}
"""

DOCUMENTS: Final[dict[str, str]] = {
    "probe": PROBE,
    "buyer": BUYER,
    "changed": CHANGED,
    "named": NAMED,
    "order": ORDER,
    "lines": LINES,
    "money": MONEY,
    "taken_back": TAKEN_BACK,
    "returns": RETURNS,
    "return": RETURN,
    "approve": APPROVE,
    "decline": DECLINE,
    "process": PROCESS,
    "dispose": DISPOSE,
    "close": CLOSE,
    "refund": REFUND,
    "note": NOTE,
}
"""All of them, for the tests that hold them against the schema."""
