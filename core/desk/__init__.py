"""The service desk (客服中心): accepts, assigns, promises, tells, and keeps the register."""
